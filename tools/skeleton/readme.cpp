// README.md of a skeleton: what the files are, what to change first, what to run.

#include <fmt/format.h>

#include "base/text.h"
#include "tools/skeleton/parts.h"

namespace quy::tools {

std::string readme_text(const SkeletonRequest& request) {
  const sema::Pack& framework = *request.framework;
  const std::uint32_t profile = sample_profile(framework);
  std::string rows;
  for (const sema::Subject* subject : request.subjects)
    rows += fmt::format("| `{}` | {} ({}) |\n", subject->id, subject->label, clauses_text(subject->clauses));
  return fmt::format(
      R"(# {label}

**Đây là mẫu để bắt đầu, chưa phải bộ tiêu chí của nơi nào.** Điểm chia đều trong từng nhóm, phần dư dồn vào tiêu chí cuối; văn bản căn cứ
không có thật. Khung là thật: {framework_label}.

## Trong thư mục này

| tệp | là gì | ai nên đọc |
|---|---|---|
| `{file}.quy` | tên bộ, văn bản căn cứ, {readings} chỗ khung để mở kèm các lựa chọn | người tham mưu ban hành |
| `doi-tuong/` | mỗi đối tượng một tệp: điểm của mọi tiêu chí | người tham mưu, đơn vị được đánh giá |
| `kiem-thu/` | mỗi đối tượng một kiểm thử còn trống, kê sẵn mọi dữ kiện phải có | người lập hồ sơ minh chứng |

Tệp `.quy` là văn bản thường, mở bằng trình soạn thảo nào cũng được. Dòng bắt đầu bằng `#` là lời giải thích, máy bỏ qua.

## Khung đã định, nơi ban hành phải định

Khung đã định: các nhóm và tổng điểm mỗi nhóm, điều kiện và ngưỡng của từng tiêu chí, các mức xếp loại. Những thứ ấy không sửa được ở đây.
Nơi ban hành phải định ba việc:

1. **Điểm của từng tiêu chí** (`doi-tuong/`). Cộng lại phải bằng tổng của nhóm; lệch bao nhiêu `quy check` báo bấy nhiêu. Muốn chi tiết hơn
   khung thì `tách` một tiêu chí, `siết` ngưỡng cho cao hơn, hoặc `bổ sung` tiêu chí.
2. **Cách hiểu những chỗ văn bản để mở** (`{file}.quy`). Mẫu giữ hồ sơ `{profile}`{keeps}. Chỗ nào chọn khác thì bỏ dấu `#` ở dòng `chọn` của chỗ
   ấy. Nên đưa danh sách này ra cấp có thẩm quyền quyết định, vì cùng một hồ sơ, mỗi cách hiểu có thể cho một mức khác.
3. **Văn bản căn cứ**: thay ký hiệu và ngày ở `{file}.quy`, và số điều khoản sau mỗi `theo {document}:…`. Kết quả nào cũng dẫn về số ấy.

Xong thì bỏ các chữ “mẫu”.

## Các lệnh, chạy trong thư mục này

| lệnh | để làm gì |
|---|---|
| `quy check .` | bộ có đúng và khớp với khung không; chạy sau mỗi lần sửa |
| `quy lint . --level warning` | chỗ viết được nhưng nên xem lại |
| `quy test .` | chạy mọi kiểm thử; nêu từng điều kiện chưa được thử cả hai phía |
| `quy test . --write kiem-thu-nguong` | viết ra kiểm thử ở đúng từng ngưỡng và lệch một bước; đọc kỹ rồi giữ lại |
| `quy doc . --subject {subject} -o trang.html` | trang để đọc và in cho một đối tượng |
| `quy build . -o {file}.qpk` | đóng gói để dùng |
| `quy schema {file}.qpk --subject {subject}` | bản ghi minh chứng phải có những trường nào |
| `quy eval {file}.qpk ho-so.ndjson` | xếp loại; `ho-so.ndjson` mỗi dòng một bản ghi minh chứng |
| `quy explain {file}.qpk ho-so.ndjson --id …` | vì sao một bản ghi được mức ấy |

Sửa điểm hay cách hiểu rồi thì viết lại kiểm thử ở ngưỡng, cùng một bộ luôn ra cùng những tệp ấy:

```
rm -rf kiem-thu-nguong && quy test . --write kiem-thu-nguong
```

Xem lại khác biệt trước khi giữ: kết quả chờ trong đó là điều máy tính ra hôm nay, không phải điều đúng sẵn.

## Đọc kết quả

Điểm và mức chỉ có khi đủ căn cứ. Thiếu minh chứng thì là *chưa xác định* kèm những mức còn có thể và những gì còn thiếu, không bao giờ tính là 0.
*Thẩm quyền quyết định*: điều khoản giao cho cấp có thẩm quyền. *Không mức nào*: đủ hồ sơ mà không mức nào khớp, phải xem lại cách hiểu đã chọn.

## Đối tượng

| mã | đối tượng |
|---|---|
{rows}
Viết ra bằng / made by: `{command}`

## English

A sample to start from, not anybody's criteria: points are shared equally within each group, with the remainder on the last criterion, and the
cited document is made up. Only the framework is real. Three things are to be settled: the points in `doi-tuong/`; the {readings} open choices in
`{file}.quy` (the profile `{profile}` settles them all, a line of its own overrides it); the cited document. Fill in the blank tests in
`kiem-thu/`, and run the commands above. After a change, `rm -rf kiem-thu-nguong && quy test . --write kiem-thu-nguong` writes the tests at every
threshold and just off it again, always the same files for the same pack; read what changed before keeping it.
)",
      fmt::arg("label", request.label), fmt::arg("framework_label", framework.label),
      fmt::arg("file", fold_id(request.id)), fmt::arg("document", kSampleDocument),
      fmt::arg("profile", framework.spellings.of(framework.profiles[profile].id)),
      fmt::arg("keeps", keeps_levels(framework, profile) ? " (thêm điểm thì mức không bao giờ thấp đi)" : ""),
      fmt::arg("readings", readings_of(framework, request.subjects).size()),
      fmt::arg("subject", request.subjects.front()->id), fmt::arg("rows", rows), fmt::arg("command", request.command));
}

}  // namespace quy::tools
