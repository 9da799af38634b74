// README.md of a skeleton: what the files are, what to change first, what to run.

#include <fmt/format.h>

#include "base/text.h"
#include "tools/skeleton/parts.h"

namespace quy::tools {

std::string readme_text(const SkeletonRequest& request) {
  const sema::Pack& framework = *request.framework;
  std::string rows;
  for (const sema::Subject* subject : request.subjects)
    rows += fmt::format("| `{}` | {} ({}) |\n", subject->id, subject->label, clauses_text(subject->clauses));
  return fmt::format(R"(# {label}

**Đây là mẫu để bắt đầu, chưa phải bộ tiêu chí của nơi nào.** Điểm chia đều trong từng nhóm, phần dư dồn vào tiêu chí cuối; văn bản căn cứ
không có thật. Khung là thật: {framework_label}.

## Tệp

| tệp | là gì |
|---|---|
| `{file}.quy` | đầu bộ, văn bản căn cứ, hồ sơ cách hiểu, và từng chỗ khung để mở kèm các lựa chọn |
| `doi-tuong/` | mỗi đối tượng một tệp: điểm của mọi tiêu chí |
| `kiem-thu/` | mỗi đối tượng một kiểm thử còn trống, kê sẵn mọi dữ kiện |

## Sửa gì trước

1. `{file}.quy`: tên bộ, văn bản căn cứ; số điều khoản sau mỗi `theo {document}:…` ở mọi tệp.
2. Cũng ở tệp ấy: đọc từng chỗ để mở. Giữ hồ sơ `{profile}`, hoặc bỏ dấu `#` để chọn riêng.
3. `doi-tuong/`: điểm. Tổng của mỗi nhóm do khung định; `quy check` báo ngay khi không khớp. Muốn chi tiết hơn: `tách`, `siết`, `bổ sung`.
4. `kiem-thu/`: điền hồ sơ thật, ghi kết quả phải có.
5. Bỏ các chữ “mẫu”.

## Chạy, trong thư mục này

```
quy check .
quy test .
quy test . --write kiem-thu-nguong
quy build . -o {file}.qpk
quy schema {file}.qpk --subject {subject}
quy eval {file}.qpk ho-so.ndjson
```

`--write` viết ra kiểm thử ở đúng từng ngưỡng và lệch một bước; đọc kỹ rồi giữ trong thư mục này. `ho-so.ndjson` là minh chứng, mỗi dòng một bản ghi; `quy schema` cho biết bản ghi có những trường nào.

## Đối tượng

| mã | đối tượng |
|---|---|
{rows}
Viết ra bằng / made by: `{command}`

## English

A sample to start from, not anybody's criteria: points are shared equally within each group, with the remainder on the last criterion, and the
cited document is made up. Only the framework is real. Change, in this order: the name and the document in `{file}.quy`; the open choices
listed there (one profile settles them all, a line of its own overrides it); the points in `doi-tuong/`; the blank tests in `kiem-thu/`. Then
run the commands above; `quy test . --write` makes tests at every threshold and just off it, to read and keep.
)",
                     fmt::arg("label", request.label), fmt::arg("framework_label", framework.label), fmt::arg("file", fold_id(request.id)),
                     fmt::arg("document", kSampleDocument), fmt::arg("profile", framework.spellings.of(framework.profile)),
                     fmt::arg("subject", request.subjects.front()->id), fmt::arg("rows", rows), fmt::arg("command", request.command));
}

}  // namespace quy::tools
