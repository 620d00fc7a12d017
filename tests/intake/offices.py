"""Three workbooks as three offices might keep them, written by hand for the tests; their figures are made up."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font


def monthly_sheet(path: Path) -> Path:
    """A sheet for the director: two rows of merged heads, a unit column, numbered groups, parts below "Trong đó"."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    sheet["A1"], sheet["F1"] = "SỞ CÔNG THƯƠNG", "Biểu số 01"
    sheet["A2"] = "MỘT SỐ CHỈ TIÊU CHỦ YẾU 6 THÁNG ĐẦU NĂM 2031"
    sheet.merge_cells("A2:I2")
    heads = {"A4": "STT", "B4": "Chỉ tiêu", "C4": "ĐVT", "D4": "Năm 2030", "F4": "Năm 2031", "H4": "So sánh (%)"}
    heads |= {
        "D5": "Thực hiện 6 tháng",
        "E5": "Thực hiện cả năm 2030",
        "F5": "Kế hoạch",
        "G5": "Ước 6 tháng",
        "H5": "So cùng kỳ",
        "I5": "So KH năm",
    }
    for cell, text in heads.items():
        sheet[cell] = text
        sheet[cell].font, sheet[cell].alignment = Font(bold=True), Alignment(wrap_text=True, horizontal="center")
    for merged in ("A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:G4", "H4:I4"):
        sheet.merge_cells(merged)
    rows = [
        ("A", "B", "C", 1, 2, 3, 4, "5=4/1", "6=4/3"),
        ("I", "CÔNG NGHIỆP", None, None, None, None, None, None, None),
        (1, "Giá trị SXCN (giá thực tế)", "Tỷ đồng", 50000, 104000, 120000, 60000, 120, 50),
        (None, "Trong đó:", None, None, None, None, None, None, None),
        (None, "- Kinh tế nhà nước", "Tỷ đồng", 10000, 21000, 22000, 10500, 105, 47.7),
        (None, "- Kinh tế ngoài nhà nước", "Tỷ đồng", 15000, 31000, 36000, 16500, 110, 45.8),
        (None, "- Khu vực có vốn đầu tư nước ngoài", "Tỷ đồng", 25000, 52000, 62000, 33000, 132, 53.2),
        ("II", "THƯƠNG MẠI", None, None, None, None, None, None, None),
        (1, "Kim ngạch XK", "Tr.USD", 2000, 4100, 5000, 2500, 125, 50),
        (2, "Kim ngạch nhập khẩu", "Tr.USD", 1600, 3300, 4000, 2000, 125, 50),
        (3, "Tổng mức lưu chuyển hàng hóa", "Tỷ đồng", 8000, 17000, 20000, 9000, 112.5, 45),
    ]
    for place, cells in enumerate(rows, 6):
        for column, cell in enumerate(cells, 1):
            sheet.cell(place, column, cell)
    sheet["B18"] = "Ghi chú: số liệu tháng 6 là số ước tính."
    sheet["G19"] = "GIÁM ĐỐC"
    book.save(path)
    return path


def trade_sheet(path: Path) -> Path:
    """A sheet of the trade division: one unit above the table, no numbers, parts set in by blanks, growth typed as text."""
    book = Workbook()
    book.active.title = "Hướng dẫn"
    book.active["A1"] = "Phòng Quản lý thương mại"
    sheet = book.create_sheet("XNK")
    sheet["A1"] = "KẾT QUẢ XUẤT, NHẬP KHẨU"
    sheet["D2"] = "Đơn vị tính: triệu USD"
    for cell, text in {
        "A3": "Nội dung",
        "B3": "6T/2030",
        "C3": "TH 5T/2031",
        "D3": "Ước T6/2031",
        "E3": "Ước 6T/2031",
        "F3": "Tăng, giảm so với cùng kỳ (%)",
    }.items():
        sheet[cell] = text
    rows = [
        ("Tổng kim ngạch xuất nhập khẩu", "3.600", "3.700", "800", "4.500", "25,0"),
        ("1. Kim ngạch xuất khẩu", "2.000", "2.050", "450", "2.500", "25,0"),
        ("   Trong đó: Hàng địa phương", "120,5", "130", "-", "130", "7,9"),
        ("2. Kim ngạch nhập khẩu", "1.600", "1.650", "350", "2.000", "25,0"),
        ("Cán cân thương mại", "400", "400", "100", "500", None),
    ]
    for place, cells in enumerate(rows, 4):
        for column, cell in enumerate(cells, 1):
            sheet.cell(place, column, cell)
    sheet["A10"] = "Nguồn: Chi cục Hải quan"
    book.save(path)
    return path


def inspectors_sheet(path: Path) -> Path:
    """A sheet of the market surveillance: totals first, units in brackets, "Cùng kỳ" without a year, percents as Excel shows them."""
    book = Workbook()
    sheet = book.active
    sheet.title = "QLTT"
    sheet["B2"] = "BÁO CÁO KẾT QUẢ KIỂM TRA, XỬ LÝ VI PHẠM"
    heads = {
        "B4": "Nội dung",
        "C4": "Kết quả",
        "E4": "Tỷ lệ tăng, giảm so với cùng kỳ",
        "C5": "6 tháng đầu năm 2031",
        "D5": "Cùng kỳ",
    }
    for cell, text in heads.items():
        sheet[cell] = text
    for merged in ("B4:B5", "C4:D4", "E4:E5"):
        sheet.merge_cells(merged)
    rows = [
        ("Tổng số vụ kiểm tra (vụ)", 920, 800, 0.15),
        ("  + Số vụ xử lý (vụ)", 826, 700, 0.18),
        ("Tổng số tiền thu (triệu đồng)", 6981.038, 6000, 0.1635),
        ("  - Tiền phạt (triệu đồng)", 2258.108, 2000, 0.129),
    ]
    for place, cells in enumerate(rows, 6):
        for column, cell in enumerate(cells, 2):
            sheet.cell(place, column, cell)
        sheet.cell(place, 5).number_format = "0.0%"
    sheet["B11"] = "Người lập biểu"
    book.save(path)
    return path
